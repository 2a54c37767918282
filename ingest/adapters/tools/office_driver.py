"""What a LibreOffice profile of ours holds: settings that open nothing of a document's own, and the driver.

The driver is a Basic macro that waits for a job, carries it out, and answers, all through files in its own folder: no
socket, no Python inside LibreOffice, and nothing that a document could call. Macros of documents never run.
"""

from typing import Final
from xml.sax.saxutils import escape

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARY: Final = "http://openoffice.org/2000/library"
_SETTINGS: Final = (
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Common/Save/Document", "AutoSave", "false"),
)
_DRIVER: Final = """
Sub Serve
  Dim folder As String, source As String, import As String, part As String, said As String
  folder = Environ("HOME") & "/../"
  Tell folder, "ready", "ready"
  Do
    If FileExists(folder & "job") Then
      Open folder & "job" For Input As #1
      Line Input #1, source
      Line Input #1, import
      Line Input #1, part
      Close #1
      Kill folder & "job"
      said = Converted(ConvertToURL(folder & source), ConvertToURL(folder & "made.pdf"), import, CLng(part))
      Tell folder, "answer", said
    End If
    Wait 10
  Loop
End Sub

Sub Tell(folder As String, name As String, said As String)
  Open folder & name & ".part" For Output As #1
  Print #1, said
  Close #1
  Name folder & name & ".part" As folder & name
End Sub

Function Converted(source As String, target As String, import As String, part As Long) As String
  Dim document As Object
  On Error GoTo Failed
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, Reading(import))
  If IsNull(document) Then
    Converted = "cannot be opened"
    Exit Function
  End If
  document.storeToURL(target, Writing(document, part))
  Converted = "ok"
Leave:
  On Error Resume Next
  If Not IsNull(document) Then document.close(True)
  Exit Function
Failed:
  Converted = Error$
  Resume Leave
End Function

Function Reading(import As String) As Variant
  Dim plain As Variant
  plain = Array(Pair("Hidden", True), Pair("ReadOnly", True), Pair("Silent", True), _
    Pair("MacroExecutionMode", 0), Pair("UpdateDocMode", 0))
  If import <> "" Then
    ReDim Preserve plain(5)
    plain(5) = Pair("FilterName", import)
  End If
  Reading = plain
End Function

Function Writing(document As Object, part As Long) As Variant
  Writing = Array(Pair("FilterName", Export(document)), Pair("FilterData", Array(Pair("SelectPdfVersion", part), _
    Pair("UseLosslessCompression", True), Pair("ReduceImageResolution", False), Pair("UseTaggedPDF", True), _
    Pair("ExportFormFields", False))))
End Function

Function Export(document As Object) As String
  If document.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then
    Export = "calc_pdf_Export"
  ElseIf document.supportsService("com.sun.star.presentation.PresentationDocument") Then
    Export = "impress_pdf_Export"
  ElseIf document.supportsService("com.sun.star.drawing.DrawingDocument") Then
    Export = "draw_pdf_Export"
  Else
    Export = "writer_pdf_Export"
  End If
End Function

Function Pair(name As String, value As Variant) As Object
  Dim property As New com.sun.star.beans.PropertyValue
  property.Name = name
  property.Value = value
  Pair = property
End Function
"""

MACRO: Final = "macro:///Standard.Driver.Serve"


def profile_files() -> dict[str, str]:
    """Give the files of a profile, by their paths in the user's folder of LibreOffice."""
    return {
        "registrymodifications.xcu": _settings(),
        "basic/script.xlc": _HEAD
        + f'<library:libraries xmlns:library="{_LIBRARY}" xmlns:xlink="http://www.w3.org/1999/xlink">'
        + '<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/"'
        + ' xlink:type="simple" library:link="false"/></library:libraries>\n',
        "basic/Standard/script.xlb": _HEAD
        + f'<library:library xmlns:library="{_LIBRARY}" library:name="Standard" library:readonly="false"'
        + ' library:passwordprotected="false"><library:element library:name="Driver"/></library:library>\n',
        "basic/Standard/Driver.xba": _HEAD
        + '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Driver"'
        + f' script:language="StarBasic">{escape(_DRIVER)}</script:module>\n',
    }


def _settings() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    return f'{_HEAD}<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{items}</oor:items>\n'
