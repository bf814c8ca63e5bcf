"""Take the pictures of the readme from a running demonstration.

SHOUWANG_CHROMIUM=/usr/bin/chromium python -m tests.browser.pictures http://127.0.0.1:8000/
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.looking import CHROMIUM_FLAGS

TARGET = Path(__file__).parents[2] / "docs" / "images" / "first-page.png"


def main(address: str) -> None:
    """Photograph the first page of the demonstration at `address`, at desk size and in Chinese."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["SHOUWANG_CHROMIUM"], args=CHROMIUM_FLAGS
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page.goto(address)
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
