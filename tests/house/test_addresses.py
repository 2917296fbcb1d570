"""No file names a package registry: where packages come from is the installer's own business."""

import re

from tests.house import sources

HOSTS = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry" + ".npmjs",
    "npmmirror" + ".com",
    "registry" + ".yarnpkg",
    "tuna.tsinghua" + ".edu",
    "mirrors" + ".aliyun",
    "index-url",
    '"resolved"',
)
ADDRESS = re.compile("|".join(re.escape(host) for host in HOSTS))


def test_no_file_names_a_registry():
    wrong = []
    for file in sources.tracked():
        if file.name == "test_addresses.py" or file.suffix in {".png", ".ico", ".woff2", ".jpg"}:
            continue
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1):
            if match := ADDRESS.search(line):
                wrong.append(f"{file.relative_to(sources.ROOT)}:{number}: {match.group(0)}")
    assert not wrong
