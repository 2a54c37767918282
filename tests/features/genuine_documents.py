"""Genuine documents in many formats, made by our generators and by the very programs that people make them with."""

import io
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from PIL import Image

from samples.documents.drawings import facade, noisy_place, site_plan
from samples.documents.formats import PDF
from samples.documents.letters import Letter
from samples.documents.mail import Mail, mail
from samples.documents.pdf import pdf
from samples.documents.presentation import flat_presentation
from samples.documents.texts import semicolon_csv
from samples.documents.word import word
from samples.simulator.description import Document

LETTERS = tuple(
    Letter(
        sender="Exempelnämnden",
        recipient="Alma Andersson",
        dated=date(2026, 3, number),
        reference=f"EXN 2026/{number}",
        title=title,
        body=body,
        signature="Åsa Öberg, handläggare",
    )
    for number, title, body in (
        (1, "Beslut om bygglov", "Nämnden beviljar ansökan.\n\n# Skäl\n\nÅtgärden följer detaljplanen."),
        (2, "Tjänsteutlåtande", "\n\n".join(f"Stycke {n}: gränsen är 45 dB(A) – mätt vid fasad." for n in range(60))),
        (3, "Delgivning", "Kvitto på € 1 200,50 och 15 × 20 m²."),
    )
)
OFFICE = {
    "word": ("doc", "docx", "odt", "rtf"),
    "sheet": ("xls", "xlsx", "ods"),
    "slides": ("ppt", "pptx", "odp"),
}
SOUND = ("mp3", "ogg", "opus", "wma", "aiff", "mp2")
MOVING = ("mp4", "avi", "webm", "mov", "mpg", "wmv")


def documents(folder: Path) -> Iterator[Path]:
    """Make every document in a folder, each once."""
    for name, content in _generated().items():
        (folder / name).write_bytes(content)
        yield folder / name
    yield from _by_office(folder)
    yield from _by_ffmpeg(folder)


def _generated() -> Mapping[str, bytes]:
    attached = Document(name="beslut.pdf", content=pdf(LETTERS[0]), format=PDF)
    message = Mail(
        sender="Åsa <asa@exempel.se>",
        receiver="exn@exempel.se",
        subject="Synpunkter på bygglov",
        sent=datetime(2026, 3, 4, 8, 30, tzinfo=UTC),
        message_id="1@exempel.se",
        body="Hej!\n\nVi överklagar.\n  – Åsa\n",
        attachment=attached,
    )
    page = mail(message).replace(b"text/plain", b"text/html")
    drawings = {"plan": site_plan("Exemplet 1:23"), "fasad": facade("Fasad mot söder"), "plats": noisy_place()}
    made = {f"brev {n}.pdf": pdf(letter) for n, letter in enumerate(LETTERS)}
    made |= {"brev.eml": mail(message), "sida.eml": page}
    for name, drawing in drawings.items():
        for kind in ("BMP", "GIF", "WEBP"):
            made[f"{name}.{kind.lower()}"] = _saved(drawing, kind)
    made["rörlig.gif"] = _saved(drawings["plan"], "GIF", save_all=True, append_images=[drawings["plan"].rotate(90)])
    made["förlustfri.webp"] = _saved(drawings["fasad"], "WEBP", lossless=True)
    return made


def _saved(image: Image.Image, kind: str, **settings: object) -> bytes:
    target = io.BytesIO()
    image.convert("RGB" if kind != "GIF" else "P").save(target, kind, **settings)
    return target.getvalue()


def _by_office(folder: Path) -> Iterator[Path]:
    sources = folder / "sources"
    sources.mkdir()
    for number, letter in enumerate(LETTERS):
        (sources / f"word{number}.docx").write_bytes(word(letter))
    measured = ((f"P{n}", f"{40 + n},5", "över gränsen – åtgärdas") for n in range(40))
    (sources / "sheet0.csv").write_bytes(semicolon_csv([("Mätpunkt", "dB(A)", "Kommentar"), *measured]))
    slides = ["Bygglov 2026", "Så gick det: 97 % i tid", "Frågor? Åäö"]
    (sources / "slides0.fodp").write_bytes(flat_presentation(slides))
    for kind, forms in OFFICE.items():
        made_of = sorted(sources.glob(f"{kind}[0-9].*"))
        for form in forms:
            if kind == "word" and form == "docx":
                yield from (Path(shutil.copy(path, folder)) for path in made_of)
                continue
            settings = ("--infilter=CSV:59,34,76",) if kind == "sheet" else ()
            command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/sources/profile", *settings]
            command += ["--convert-to", form, "--outdir", str(folder), *map(str, made_of)]
            subprocess.run(command, check=True, capture_output=True, timeout=240)
            yield from (folder / f"{path.stem}.{form}" for path in made_of)


def _by_ffmpeg(folder: Path) -> Iterator[Path]:
    tone, picture = ("-f", "lavfi", "-i", "sine=d=2"), ("-f", "lavfi", "-i", "testsrc=d=1:s=160x120:r=25")
    for form in SOUND:
        yield _recorded(folder / f"ljud.{form}", tone)
    for form in MOVING:
        yield _recorded(folder / f"film.{form}", (*picture, *tone, "-shortest"))


def _recorded(path: Path, inputs: tuple[str, ...]) -> Path:
    subprocess.run(["ffmpeg", "-v", "error", "-y", *inputs, str(path)], check=True, timeout=120)
    return path
