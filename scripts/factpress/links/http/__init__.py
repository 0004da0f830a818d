"""One guarded request.

redirects    the requests of a check, and the redirects that are followed
fetcher      sends a request and reads the response within limits
guard        whether an address may be asked, and where exactly it is
transport    connects to the checked address
replies      responses and failures
"""
