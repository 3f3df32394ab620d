"""What can be wrong with an input, in English and Chinese: one code, what was seen, why, and what to do.

>>> Note("E_EMPTY").english
'empty file: it holds no text; nothing can be read from it. Delete it or put the speech in it.'

A code starting with E_ means the file was not read, S_ that it was passed over, W_ that it was read and something was
noticed. The order of MESSAGES is the order of weight. Whoever raises or notes something gives only the code and its details.
"""

import traceback
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]

MESSAGES: Mapping[str, tuple[str, str]] = {
    "E_NO_PATH": (
        "there is no file or folder {path}. Check the spelling; paths are relative to the current folder.",
        "找不到檔案或資料夾 {path}。請檢查拼寫;路徑相對於目前資料夾。",
    ),
    "E_NO_FILES": (
        "there is no file in {path}. Put the speeches there (.txt, .md, .html, .docx, .pdf).",
        "{path} 中沒有檔案。請放入講話(.txt、.md、.html、.docx、.pdf)。",
    ),
    "E_NO_ENCODING": (
        "there is no text encoding called {name}. Use a name Python knows, such as utf-8, big5, cp950, gb18030 or utf-16.",
        "沒有名為 {name} 的文字編碼。請用 Python 認得的名稱,如 utf-8、big5、cp950、gb18030、utf-16。",
    ),
    "E_TABLE": (
        "{file} cannot be read as a table: {why}. Save it from the spreadsheet as CSV UTF-8.",
        "{file} 無法讀作表格:{why}。請用試算表另存為 CSV UTF-8。",
    ),
    "E_READ": (
        "cannot be read: {why}. Check that the file is still there, closed in other programs, and that you may read it.",
        "無法讀取:{why}。請確認檔案仍在、未被其他程式開啟,而且您有讀取權限。",
    ),
    "E_TOO_LARGE": (
        "too large: {size}, the limit is {limit}. Split it, or raise the limit with --limit {option}=N.",
        "檔案過大:{size},上限為 {limit}。請分割檔案,或用 --limit {option}=N 提高上限。",
    ),
    "E_BOMB": (
        "not unpacked: {seen}. No Word file is like that, it may be a zip bomb. "
        "If the file is yours, open it in Word and save it again as .docx or .txt.",
        "沒有解壓:{seen}。正常的 Word 檔不會如此,可能是壓縮炸彈。若確為您的檔案,請用 Word 開啟後另存為 .docx 或 .txt。",
    ),
    "E_UNSAFE_XML": (
        "holds {what} in {place}; such parts can run code or read other files, so nothing was read. "
        "Save it again as a plain .docx without it, or as .txt.",
        "{place} 中含有 {what},可能執行程式或讀取其他檔案,因此沒有讀取。請移除後另存為普通 .docx,或另存為 .txt。",
    ),
    "E_ENCRYPTED": (
        "encrypted: {what}. Open it with its password and save a copy without one.",
        "已加密:{what}。請用密碼開啟,另存一份沒有密碼的副本。",
    ),
    "E_CORRUPT": (
        "damaged: {why}. Open it in its own program and save it again, or fetch it again.",
        "檔案損壞:{why}。請用原程式開啟並重新儲存,或重新下載。",
    ),
    "E_TIMEOUT": (
        "reading it took more than {seconds} s and was stopped. Save it as .txt, or raise the limit with --limit seconds=N.",
        "讀取超過 {seconds} 秒,已停止。請另存為 .txt,或用 --limit seconds=N 提高上限。",
    ),
    "E_MEMORY": (
        "reading it took more than {limit} of memory and was stopped. Save it as .txt, or use --limit memory_mb=N.",
        "讀取所需記憶體超過 {limit},已停止。請另存為 .txt,或用 --limit memory_mb=N 提高上限。",
    ),
    "E_TYPE_MISMATCH": (
        "is {detected}, which is not read here. {fix}",
        "內容是 {detected},不能直接讀取。{fix}",
    ),
    "E_NOT_TEXT": (
        "is not a text: the bytes are {detected}. Only .txt, .md, .html, .docx and .pdf are read; save it as one of them.",
        "不是文字檔:內容是 {detected}。只讀取 .txt、.md、.html、.docx、.pdf,請另存為其中一種。",
    ),
    "E_ENCODING": (
        "the character encoding cannot be told: {why}. Save it as UTF-8, or name the encoding with --encoding.",
        "無法判斷字元編碼:{why}。請另存為 UTF-8,或用 --encoding 指定編碼。",
    ),
    "E_NO_TEXT": (
        "holds no text: {why}. {fix}",
        "沒有文字:{why}。{fix}",
    ),
    "E_EMPTY": (
        "empty file: it holds no text; nothing can be read from it. Delete it or put the speech in it.",
        "空檔案:沒有文字,無可讀取。請刪除,或放入講話內容。",
    ),
    "S_SYMLINK": (
        "symbolic link {what}; not followed. Copy the file here, or use --follow-symlinks for links that stay inside the folder.",
        "符號連結 {what},沒有跟隨。請把檔案複製過來;若連結仍在資料夾內,可用 --follow-symlinks。",
    ),
    "S_NOT_REGULAR": (
        "not a regular file but {what}; passed over.",
        "不是一般檔案,而是 {what};已略過。",
    ),
    "S_IGNORED": (
        "ignored: {why}. Rename it if it is a speech.",
        "已略過:{why}。若是講話,請改名。",
    ),
    "E_PROGRAM": (
        "this program failed on it: {what}, in {where}. The fault is the program's, not the file's: please report it with the "
        "file. All other files are whole.",
        "本程式處理時出錯:{what},位於 {where}。這是程式的缺陷,不是檔案的問題,請連同檔案回報。其他檔案不受影響。",
    ),
    "W_REPAIRED": (
        "{n} damaged place(s) replaced by U+FFFD while reading as {encoding}, the first at byte {at}. Compare with the source.",
        "按 {encoding} 讀取時有 {n} 處損壞,已用 U+FFFD 代替,第一處在第 {at} 位元組。請與來源核對。",
    ),
    "W_MOJIBAKE": (
        "the text looks garbled from character {at} on: {why}. Fetch it again and save it as UTF-8.",
        "文字自第 {at} 字起像是亂碼:{why}。請重新取得並存為 UTF-8。",
    ),
    "W_ENCODING_GUESSED": (
        "the encoding is not marked; {encoding} was guessed{why}. Check the first lines; if wrong, name it with --encoding.",
        "檔案未標明編碼,推測為 {encoding}{why}。請檢查開頭幾行;若有誤,請用 --encoding 指定。",
    ),
    "W_TYPE_MISMATCH": (
        "named {suffix}, but it holds {format}; read as {format}. Rename it.",
        "副檔名是 {suffix},內容卻是 {format};已按 {format} 讀取。請改名。",
    ),
    "W_WRONG_CHARSET": (
        "the page says charset {declared} but is {encoding}; read as {encoding}.",
        "網頁標明編碼為 {declared},實際是 {encoding};已按 {encoding} 讀取。",
    ),
    "W_LEFT_OUT": (
        "left out: {what}. Look whether it belongs to the speech.",
        "未讀入:{what}。請看是否屬於講話。",
    ),
    "W_LAYOUT": (
        "the reading order may be wrong: {why}. Compare with the page, or use the .docx or .html.",
        "閱讀順序可能有誤:{why}。請與原頁核對,或改用 .docx、.html。",
    ),
    "W_UNSAFE_PART": (
        "holds {what}; it was not opened. The rest of the text was read.",
        "含有 {what};沒有開啟,其餘文字已讀入。",
    ),
    "W_LOST_CHARS": (
        "{n} character(s) stand as U+FFFD, the first at character {at}: they were lost before the file came here. "
        "Compare with the source.",
        "有 {n} 個字元顯示為 U+FFFD,第一個在第 {at} 字:存檔前已遺失。請與來源核對。",
    ),
    "W_PAGES_WITHOUT_TEXT": (
        "{n} of {pages} pages hold no text that can be read, such as pictures: {which}. OCR them if they belong to the speech.",
        "{pages} 頁中有 {n} 頁沒有可讀的文字,例如圖像:{which}。若屬於講話,請先做文字辨識(OCR)。",
    ),
    "W_OUTSIDE_SPEECH": (
        "text that belongs to no speech, by characters: {spans}. It is not counted; look whether it should be.",
        "不屬於任何講話的文字(字元位置):{spans}。未計入統計;請看是否屬於講話。",
    ),
    "W_DUPLICATE_TEXT": (
        "same text as {other}; both are kept, comparing them means nothing. Remove one.",
        "與 {other} 文字相同;兩者都保留,但互相比較沒有意義。請刪去其一。",
    ),
    "W_NO_CHINESE": (
        "no Chinese character in it; numbers are still found, words are not.",
        "沒有漢字;仍會找出數字,但沒有詞語。",
    ),
    "W_LANG": (
        "looks like {language}: {share} of its letters; it is counted as Chinese nonetheless. Remove it if it is not.",
        "看來是{language}:佔字母的 {share};仍按中文計算。若不是中文,請移除。",
    ),
    "W_NO_BODY": (
        "only headings, no sentence; charts leave it out.",
        "只有標題,沒有句子;圖表不含此檔。",
    ),
    "W_MIXED_SCRIPT": (
        "both scripts: {share} of the telling characters are Traditional. Counts do not depend on it; compare with the source.",
        "繁簡混用:可區分的字中繁體佔 {share}。統計不受影響;請與來源核對。",
    ),
    "W_CONTROL_CHARS": (
        "{n} control character(s): {which}. The text is kept as it is; they count as blanks.",
        "有 {n} 個控制字元:{which}。文字保持原樣,統計時視為空白。",
    ),
    "W_INVISIBLE": (
        "{n} invisible character(s): {which}. The text is kept as it is; they are left out of the keys.",
        "有 {n} 個不可見字元:{which}。文字保持原樣,統計鍵中略去。",
    ),
    "W_PRIVATE_USE": (
        "{n} private-use character(s) without a fixed meaning: {which}. "
        "Old Hong Kong or Taiwan fonts used them; compare with the source.",
        "有 {n} 個沒有固定意義的造字區字元:{which}。多為舊時港臺造字;請與來源核對。",
    ),
}
_WEIGHT = {code: weight for weight, code in enumerate(MESSAGES)}
STATUSES = {"E": "failed", "S": "skipped", "W": "warning"}


@dataclass(frozen=True)
class Note:
    """One thing noticed about an input: its code and the details its message needs; a pair is (English, Chinese)."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def english(self) -> str:
        return self._in(0)

    @property
    def chinese(self) -> str:
        return self._in(1)

    def _in(self, language: int) -> str:
        told = {name: detail[language] if isinstance(detail, tuple) else detail for name, detail in self.details.items()}
        return MESSAGES[self.code][language].format(**told)


OCR = ("OCR it first, or fetch the text from elsewhere.", "請先做文字辨識(OCR),或另找文字版。")


class InputError(Exception):
    """An input that cannot be read; the only exception that reading raises for what is in a file."""

    def __init__(self, code: str, **details: object) -> None:
        self.note = Note(code, details)
        super().__init__(f"{code}: {self.note.english} / {self.note.chinese}")

    @property
    def code(self) -> str:
        return self.note.code

    @property
    def exit_code(self) -> int:
        """For the command line: 2 where the command was wrong, 3 where an input was."""
        return 2 if self.code in ("E_NO_PATH", "E_NO_FILES", "E_NO_ENCODING") else 3

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.note.code, dict(self.note.details))


def _again(code: str, details: Mapping[str, object]) -> InputError:
    return InputError(code, **details)


def fault(error: Exception, speech: str = "") -> Note:
    """What to tell where the program itself went wrong: the speech if it is known, the error, the last place in our files."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(PACKAGE)]
    where = f"{Path(ours[-1].filename).relative_to(PACKAGE).as_posix()}, line {ours[-1].lineno}" if ours else "an engine"
    return Note("E_PROGRAM", {"what": visible(f"{speech} {type(error).__name__}: {error}".strip(), 160), "where": where})


def note(code: str, **details: object) -> Note:
    """A note with its details given by name."""
    return Note(code, details)


def worst_first(notes: Iterable[Note]) -> list[Note]:
    """The notes in the order of their weight."""
    return sorted(notes, key=lambda each: _WEIGHT[each.code])


def status(notes: Iterable[Note]) -> str:
    """ok, warning, skipped or failed: what the worst of the notes makes of the file."""
    ordered = worst_first(notes)
    return STATUSES[ordered[0].code[0]] if ordered else "ok"


def message(notes: Iterable[Note]) -> str:
    """All notes as one text, English / Chinese; empty where there are none."""
    ordered = worst_first(notes)
    return " / ".join((" ".join(n.english for n in ordered), "".join(n.chinese for n in ordered))) if ordered else ""


def visible(text: str, length: int = 40) -> str:
    """Start of `text` in one line, with every invisible character as an escape: fit for a message or a terminal.

    >>> visible("工會\\u202e\\n")
    '工會\\\\u202e\\\\n'
    """
    cut = text if len(text) <= length else text[: length - 1] + "…"
    return "".join(c if c == " " or c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in cut)


def code_point(character: str) -> str:
    """U+200B ZERO WIDTH SPACE, for a message."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def size(n_bytes: int) -> str:
    """20 MB, 512 B: a number of bytes for a message."""
    return f"{n_bytes / 1_000_000:.4g} MB" if n_bytes >= 100_000 else f"{n_bytes} B"
