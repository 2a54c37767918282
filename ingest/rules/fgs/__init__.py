"""FGS: Paketstruktur 1.0, 1.1, 1.2 and the eARD draft, Ärendehantering 1.0, and Riksarkivet's additions to 2.0."""
