def test_stray(page):
    page.set_content("<img src='http://example.com/x.png'>"); page.wait_for_timeout(100)
