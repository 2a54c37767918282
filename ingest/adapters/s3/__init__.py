"""Objects in an S3 bucket (boto3): write-once by conditional PUT, whatever else the store can or cannot do."""
