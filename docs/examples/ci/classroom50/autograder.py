"""Grades a submission for Classroom 50.

Put it into your classroom50 repository as CLASSROOM/autograders/ASSIGNMENT/autograder.py. It runs in the student's checkout, and
writes result.json and release-body.md there, and the folder report/ for release_assets.
"""

import os
import subprocess
import sys
from pathlib import Path

ROLE = "tcp-server"
# The folder of the program in the student's repository, or its file.
PROGRAM = "my-server"
# Where your copy of socketlab is. A commit in place of main keeps the checks as they are for the whole course.
SOCKETLAB = "https://github.com/OWNER/socketlab"
REF = "main"

folder = Path(os.environ["RUNNER_TEMP"], "socketlab")
subprocess.run(["git", "clone", "--quiet", SOCKETLAB, folder], check=True)
subprocess.run(["git", "-C", folder, "checkout", "--quiet", REF], check=True)
subprocess.run([folder / "socketlab", "setup"], check=True)

check = [folder / "socketlab", "check", ROLE, PROGRAM, "--format", "classroom50"]
check += ["--markdown", "release-body.md", "--report", "report"]
graded = subprocess.run(check, stdout=subprocess.PIPE, text=True)
# Neither passed nor failed: Classroom 50 notes an error, and no score.
if graded.returncode not in (0, 1):
    sys.exit(graded.returncode)
Path("result.json").write_text(graded.stdout)
