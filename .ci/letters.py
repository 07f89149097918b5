"""Opens every letter of a folder as people do, and reports what axe-core and the window find.

letters.py FOLDER [keep]: with `keep`, a picture of each view, and a PDF as it is printed, stand beside the letters.
"""

import base64
import pathlib
import sys

import axe_playwright_python
from axe_selenium_python import Axe
from selenium import webdriver

VIEWS = [
    # name, width, scheme, medium
    ("light", 1280, "light", "screen"),
    ("dark", 1280, "dark", "screen"),
    ("phone", 320, "light", "screen"),
    ("phone-dark", 320, "dark", "screen"),
    ("paper", 794, "light", "print"),
]
RULES = pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js"


def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.set_script_timeout(300)
    return driver


def show(driver, page, width, scheme, medium):
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"media": medium, "features": [{"name": "prefers-color-scheme", "value": scheme}]},
    )
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    driver.get(page.as_uri())


def problems(driver, width):
    found = []
    axe = Axe(driver, str(RULES))
    axe.inject()
    # Every list folded out, as a reader may have it.
    driver.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    results = axe.run()
    if results["testEngine"]["version"] < "4":
        found.append("the rules of axe-core are older than version 4")
    for violation in results["violations"]:
        places = ", ".join(str(node["target"][0]) for node in violation["nodes"][:3])
        found.append(f"{violation['id']}: {violation['help']} ({places})")
    # What axe leaves to a person is listed too; colours it must be able to tell.
    for item in results["incomplete"]:
        if item["id"] == "color-contrast":
            found.append(f"color-contrast cannot be told at {item['nodes'][0]['target'][0]}")
    wide = driver.execute_script("return document.documentElement.scrollWidth")
    if wide > width:
        found.append(f"{wide} pixels wide in a window of {width}")
    return found


def keep(driver, page, name):
    picture = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    page.with_name(f"{page.stem}-{name}.png").write_bytes(base64.b64decode(picture["data"]))
    if name == "paper":
        paper = driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})
        page.with_suffix(".pdf").write_bytes(base64.b64decode(paper["data"]))


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    pages = sorted(folder.glob("*.html"))
    failed = 0
    driver = browser()
    try:
        for page in pages:
            if "<script" in page.read_text("utf-8").lower():
                print(f"{page.name}: it has a script")
                failed += 1
            for name, width, scheme, medium in VIEWS:
                show(driver, page, width, scheme, medium)
                if len(sys.argv) > 2:
                    keep(driver, page, name)
                found = problems(driver, width) if medium == "screen" else []
                for problem in found:
                    print(f"{page.name}, {name}: {problem}")
                failed += bool(found)
    finally:
        driver.quit()
    total = len(pages) * len(VIEWS)
    print(f"{len(pages)} letters, {len(VIEWS)} views each")
    print(f"{total - failed} passed, {failed} failed")
    return failed > 0 or not pages


sys.exit(main())
