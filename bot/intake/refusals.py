"""Why a file is not taken, in the words that its sender hears."""

from enum import Enum, unique


@unique
class Refusal(Enum):
    """The reason, and what to do about it; the same in chat and on the page."""

    EMPTY = "是空的，请检查后再传。"
    TOO_BIG = "太大了（最多20MB），请把图片压缩后再传。"
    BAD_NAME = "文件名里有路径或不能用的字符，请改个名字再传。"
    NOT_TAKEN = "收不了，只收 Word 文档（.docx）和图片（JPG、PNG、GIF、BMP、WebP）。"
    OLD_WORD = "是旧格式，请在 Word 或 WPS 里另存为 .docx 再传。"
    ENCRYPTED = "加了密码，打不开。请去掉密码再传。"
    MACROS = "带有宏，不能收。请另存为不带宏的 .docx 再传。"
    BROKEN = "已损坏，打不开。请重新保存后再传。"
    BOMB = "解压后大得不正常，不能收。"
    BAD_PARTS = "里面的内容不正常，不能收。请把文字复制到新文档里再传。"
    OUTSIDE = "引用了外部的文件或网址，不能收。请把图片等直接放进文档再传。"
    TOO_LONG = "文字太多（最多5万字），请分几篇报送。"
    NO_WORDS = "里面没有文字和图片。"
    NOT_A_SHEET = "收不了，这里只收 Excel 表格（.xlsx）和 CSV（.csv）。可以先下载模板，填好再传。"
    OTHER_ENCODING = "的编码认不出，请另存为“CSV UTF-8”或 .xlsx 再传。"
    OLD_SHEET = "是旧格式，请在 Excel 或 WPS 里另存为 .xlsx 再传。"
    SHEET_MACROS = "带有宏，不能收。请另存为不带宏的 .xlsx 再传。"
    TOO_MANY_ROWS = "行数太多（最多5万行），请分几张表再传。"
    NOT_A_PICTURE = "不是完好的图片，请重新保存后再传。"
    NO_EVIDENCE = "不能作佐证，佐证只收图片（截图、照片、扫描图）和 PDF。"
    PDF_ENCRYPTED = "加了密码，打不开。请去掉密码，或另存为没有密码的 PDF 再传。"
    PDF_ACTIVE = "带有脚本或附件，不能收。请打印成新的 PDF 再传，或发截图。"
    PDF_TOO_HARD = "内容太复杂，读不了。请打印成新的 PDF 再传，或发截图。"
    TOO_MANY_PIXELS = "尺寸太大（最多6000万像素），请缩小后再传。"


class RefusedFileError(Exception):
    """A file is not taken; nothing of it was kept."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.name)
        self.reason = reason

    @property
    def is_name(self) -> bool:
        """Whether it is the name that is refused, which is not to be shown either."""
        return self.reason is Refusal.BAD_NAME
