# What only the tests need: tshark, to compare our decoder with, and Chromium, to look at the page.
# shellcheck shell=bash disable=SC2034 # the parts share variables

missing_tools=()

have_test_tools() {
  missing_tools=()
  command -v tshark >/dev/null || missing_tools+=(tshark)
  # Without windows, which no test needs; the whole browser, if it is there, does as well.
  command -v chromium-headless-shell chromium >/dev/null || missing_tools+=(chromium-headless-shell)
  problem="programs that some tests need are not installed: ${missing_tools[*]-}"
  ((${#missing_tools[@]} == 0))
}

get_test_tools() {
  apt_install 'the programs that some tests need' "${missing_tools[@]}"
}
