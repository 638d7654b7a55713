"""The words of every message to people, by mail and in the app: formal, kind, without personal data or ratings."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from forms.text import Text

LONGEST_SUBJECT = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message; words in braces are its parameters."""

    subject: Text
    text: Text
    params: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a message as plain text, and the same as a small page for mail programs that prefer one."""

    text: str
    html: str


OPEN = Text(id="Silakan buka: {link}", en="Please open: {link}")
GREETING = Text(id="Yth. Bapak/Ibu,", en="Dear Sir or Madam,")
CLOSING = Text(
    id="Atas perhatian dan kerja sama Bapak/Ibu, kami ucapkan terima kasih.\n\nHormat kami,\nPengelola Kinerja",
    en="Thank you for your attention and cooperation.\n\nYours sincerely,\nPerformance Management Team",
)
AUTOMATIC = Text(
    id="Surel ini dikirim otomatis. Bila ada kendala, hubungi pengelola kinerja unit Anda.",
    en="This message was sent automatically. For help, contact the performance team of your unit.",
)

KINDS: dict[str, Kind] = {
    "task_assigned": Kind(
        Text(id="[Kinerja] Tugas baru menunggu Anda", en="[Kinerja] A new task awaits you"),
        Text(
            id="Dengan hormat kami sampaikan bahwa tugas {task} pada {cycle} menunggu Bapak/Ibu. "
            "Mohon kiranya dapat diselesaikan paling lambat {deadline}.",
            en="The task {task} of {cycle} awaits you. Please complete it by {deadline}.",
        ),
        ("task", "cycle", "deadline"),
    ),
    "reminder": Kind(
        Text(id="[Kinerja] Pengingat batas waktu tugas Anda", en="[Kinerja] Reminder: your task is due soon"),
        Text(
            id="Kami mengingatkan dengan hormat bahwa pengisian {task} pada {cycle} akan berakhir pada {deadline}. "
            "Bila Bapak/Ibu telah menyelesaikannya, mohon abaikan pesan ini.",
            en="May we remind you that {task} of {cycle} closes on {deadline}. "
            "If you have completed it, please ignore this message.",
        ),
        ("task", "cycle", "deadline"),
    ),
    "received": Kind(
        Text(id="[Kinerja] Pengajuan Anda telah kami terima", en="[Kinerja] We have received your submission"),
        Text(
            id="Pengajuan {task} telah kami terima pada {time} dengan nomor tanda terima {number}. "
            "Kami akan memberitahukan perkembangan selanjutnya.",
            en="Your submission of {task} was received on {time}; the receipt number is {number}. "
            "We will let you know what happens next.",
        ),
        ("task", "time", "number"),
    ),
    "returned": Kind(
        Text(id="[Kinerja] Mohon perbaikan pengajuan Anda", en="[Kinerja] Please revise your submission"),
        Text(
            id="Pengajuan {task} pada {cycle} dikembalikan untuk diperbaiki. Catatan lengkap dapat dibaca setelah "
            "Bapak/Ibu masuk ke aplikasi. Mohon diajukan kembali paling lambat {deadline}.",
            en="Your submission of {task} in {cycle} was returned for revision. The comments can be read after "
            "signing in. Please submit it again by {deadline}.",
        ),
        ("task", "cycle", "deadline"),
    ),
    "result_available": Kind(
        Text(id="[Kinerja] Hasil evaluasi kinerja telah tersedia", en="[Kinerja] Your evaluation result is available"),
        Text(
            id="Hasil evaluasi kinerja {cycle} telah ditetapkan dan dapat Bapak/Ibu baca setelah masuk ke aplikasi.",
            en="The evaluation result of {cycle} has been determined and can be read after signing in.",
        ),
        ("cycle",),
    ),
    "feedback_invitation": Kind(
        Text(id="[Kinerja] Permohonan umpan balik", en="[Kinerja] Request for feedback"),
        Text(
            id="Kami memohon kesediaan Bapak/Ibu mengisi {task} pada {cycle} paling lambat {deadline}. "
            "Jawaban Bapak/Ibu bersifat rahasia dan hanya ditampilkan secara gabungan.",
            en="Would you kindly complete {task} of {cycle} by {deadline}? "
            "Your answers are confidential and are shown in aggregate only.",
        ),
        ("task", "cycle", "deadline"),
    ),
    "account_activation": Kind(
        Text(id="[Kinerja] Aktifkan akun Anda", en="[Kinerja] Activate your account"),
        Text(
            id="Akun Bapak/Ibu pada aplikasi Kinerja telah disiapkan. Silakan buat kata sandi melalui tautan berikut, "
            "yang hanya dapat digunakan satu kali dan berlaku hingga {deadline}.",
            en="Your Kinerja account is ready. Please choose a password with the link below, which can be used once "
            "and is valid until {deadline}.",
        ),
        ("deadline",),
    ),
    "award_won": Kind(
        Text(id="[Kinerja] Selamat atas penghargaan Anda", en="[Kinerja] Congratulations on your award"),
        Text(
            id="Dengan gembira kami sampaikan bahwa Bapak/Ibu ditetapkan sebagai penerima penghargaan pada {cycle}. "
            "Keterangan lengkap dapat dibaca setelah masuk ke aplikasi.",
            en="We are pleased to let you know that you have been chosen to receive an award of {cycle}. "
            "Details can be read after signing in.",
        ),
        ("cycle",),
    ),
    "certificate_ready": Kind(
        Text(id="[Kinerja] Piagam penghargaan Anda telah terbit", en="[Kinerja] Your certificate has been issued"),
        Text(
            id="Piagam penghargaan {cycle} telah terbit dan dapat diunduh setelah Bapak/Ibu masuk ke aplikasi.",
            en="The certificate of {cycle} has been issued and can be downloaded after signing in.",
        ),
        ("cycle",),
    ),
    "run_failed": Kind(
        Text(id="[Kinerja] Proses otomatis perlu perhatian", en="[Kinerja] An automatic process needs attention"),
        Text(
            id="Sebuah proses otomatis tidak selesai setelah beberapa kali percobaan. Data tidak hilang. "
            "Sebab dan tombol untuk mencoba kembali tersedia pada halaman proses.",
            en="An automatic process did not finish after several attempts. No data were lost. "
            "The reason and a button to try again are on the page of processes.",
        ),
        (),
    ),
}
"""Every kind of message with the parameters it needs; `link` may come with any of them."""


class WrongMessage(ValueError):
    """A message whose kind is unknown or whose parameters are not complete; says which."""


def subject(kind: str, params: Mapping[str, Any], language: str = "id") -> str:
    """The subject line, at most 60 characters. Raises WrongMessage."""
    line = _kind(kind, params).subject.say(language).format_map(_said(params, language))
    if len(line) > LONGEST_SUBJECT:
        raise WrongMessage(f"the subject of {kind} is longer than {LONGEST_SUBJECT} characters: {line}")
    return line


def summary(kind: str, params: Mapping[str, Any], language: str = "id") -> str:
    """The message itself without greeting and closing, as the app shows it. Raises WrongMessage."""
    return _kind(kind, params).text.say(language).format_map(_said(params, language))


def body(kind: str, params: Mapping[str, Any], language: str = "id") -> Body:
    """The whole message as it is mailed; with a parameter `link` it says where to go. Raises WrongMessage.

    Parameters are text, or text in each language (`{"id": …, "en": …}`).
    """
    said = _said(params, language)
    paragraphs = [GREETING.say(language), summary(kind, params, language)]
    if link := said.get("link"):
        paragraphs.append(OPEN.say(language).format(link=link))
    paragraphs += [CLOSING.say(language), AUTOMATIC.say(language)]
    text = "\n\n".join(paragraphs) + "\n"
    return Body(text, _page(paragraphs, link, language))


def _page(paragraphs: list[str], link: str | None, language: str) -> str:
    """The paragraphs as HTML without any image, script or style from elsewhere."""
    page = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)
    if link:
        page = page.replace(escape(link), f'<a href="{escape(link)}">{escape(link)}</a>', 1)
    return f'<!doctype html><html lang="{language}"><meta charset="utf-8"><body>{page}</body></html>\n'


def _kind(kind: str, params: Mapping[str, Any]) -> Kind:
    if kind not in KINDS:
        raise WrongMessage(f"there is no message of kind {kind!r}")
    if missing := [name for name in KINDS[kind].params if not params.get(name)]:
        raise WrongMessage(f"a message of kind {kind} needs {', '.join(missing)}")
    return KINDS[kind]


def _said(params: Mapping[str, Any], language: str) -> dict[str, str]:
    return {
        name: Text.model_validate(value).say(language) if isinstance(value, Mapping) else str(value)
        for name, value in params.items()
    }
