"""Asks Lambda's Runtime API for work, as AWS's own client for Python does, with the standard library alone."""

import http.client
import importlib
import json
import os
import sys

API = "/2018-06-01/runtime/"


def main(module):
    handler = importlib.import_module(module).handler
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    while True:
        connection.request("GET", API + "invocation/next")
        event = connection.getresponse()
        request = event.headers["Lambda-Runtime-Aws-Request-Id"]
        try:
            answer, kind = handler(json.loads(event.read()), None), "response"
        except Exception as error:
            answer, kind = {"errorType": type(error).__name__, "errorMessage": str(error)}, "error"
        connection.request("POST", f"{API}invocation/{request}/{kind}", json.dumps(answer))
        connection.getresponse().read()


main(sys.argv[1])
