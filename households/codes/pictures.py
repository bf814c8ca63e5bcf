"""A code as a picture: PNG to paste, SVG to print at any size. Error correction M survives a fold and a thumb."""

import io

import segno

#: Light modules around a code, without which telephones do not find it (ISO/IEC 18004).
QUIET = 4
_PIXELS = 12


def png(address: str) -> bytes:
    """Return the code of an address as PNG, black on white."""
    out = io.BytesIO()
    segno.make_qr(address, error="m").save(out, kind="png", scale=_PIXELS, border=QUIET)
    return out.getvalue()


def svg(address: str) -> str:
    """Return the code of an address as SVG, black on white, of no fixed size."""
    out = io.BytesIO()
    segno.make_qr(address, error="m").save(
        out,
        kind="svg",
        border=QUIET,
        light="white",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        omitsize=True,
    )
    return out.getvalue().decode()
