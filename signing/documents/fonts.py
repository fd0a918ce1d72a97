"""Fonts for conversions: ours with Chinese beside the machine's, and the names that Chinese Word files ask for."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from pylopdf_fonts_zh_cn import sans_path, serif_path

SERIF = (
    *("宋体", "SimSun", "NSimSun", "新宋体", "STSong", "华文宋体", "方正小标宋简体"),
    *("仿宋", "FangSong", "仿宋_GB2312", "FangSong_GB2312", "STFangsong", "华文仿宋"),
    *("楷体", "KaiTi", "楷体_GB2312", "KaiTi_GB2312", "STKaiti", "华文楷体"),
)
SANS = (
    "黑体",
    "SimHei",
    "STHeiti",
    "华文黑体",
    "微软雅黑",
    "Microsoft YaHei",
    "等线",
    "DengXian",
    "PingFang SC",
    "方正黑体简体",
)


def write_configuration(folder: Path) -> Path:
    """A fontconfig file in `folder`, for FONTCONFIG_FILE."""
    aliases = [_alias(name, "Noto Serif SC", "Noto Serif CJK SC") for name in SERIF]
    aliases += [_alias(name, "Noto Sans SC", "Noto Sans CJK SC") for name in SANS]
    places = sorted({str(Path(path).parent) for path in (sans_path(), serif_path())})
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n'
        + "".join(f"<dir>{escape(place)}</dir>\n" for place in places)
        + f"<cachedir>{escape(str(folder / 'fontcache'))}</cachedir>\n"
        + "".join(aliases)
        + "</fontconfig>\n"
    )
    return file


def _alias(name: str, *preferred: str) -> str:
    families = "".join(f"<family>{family}</family>" for family in preferred)
    return f'<alias binding="same"><family>{escape(name)}</family><prefer>{families}</prefer></alias>\n'
