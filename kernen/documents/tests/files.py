"""Small files of every kind, made when they are needed."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 32
JPEG = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00" + b"\x00" * 32
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 32
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 64
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
#: The public authorities' own published test number.
CPR = "070761-4285"

MAIN = {
    "docx": ("wordprocessingml.document.main+xml", "word/document.xml"),
    "xlsx": ("spreadsheetml.sheet.main+xml", "xl/worksheets/sheet1.xml"),
    "pptx": ("presentationml.presentation.main+xml", "ppt/slides/slide1.xml"),
}
ODF = "application/vnd.oasis.opendocument."


def packed(parts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def office(kind: str, text: str = "<w:p><w:t>Hej</w:t></w:p>", **more: str | bytes) -> bytes:
    says, part = MAIN[kind]
    types = f'<Types><Override ContentType="application/vnd.openxmlformats-{says}"/></Types>'
    return packed({"[Content_Types].xml": types, part: f"<x>{text}</x>"} | more)


def open_document(kind: str, **more: str | bytes) -> bytes:
    parts = {"mimetype": ODF + kind, "META-INF/manifest.xml": "<m/>", "content.xml": "<x/>"}
    return packed(parts | more)


def upload(content: bytes, name: str = "fil.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf(*pages: str, password: str = "") -> bytes:
    """A PDF with a line of text on each page."""
    writer, made = PdfWriter(), io.BytesIO()
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): named})
    for text in pages:
        page, drawn = writer.add_blank_page(595, 842), StreamObject()
        drawn.set_data(f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(drawn)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


PDF = pdf("Referat")
