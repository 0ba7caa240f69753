"""Lambda's loop for handler.handler: takes an event from the Runtime API, answers it, takes the next."""
import http.client
import json
import os
import traceback

from handler import handler

host, _, base = os.environ["AWS_LAMBDA_RUNTIME_API"].partition("/")
prefix = (f"/{base}" if base else "") + "/2018-06-01/runtime/invocation/"
api = http.client.HTTPConnection(host)

while True:
    api.request("GET", prefix + "next")
    response = api.getresponse()
    request_id, event = response.getheader("Lambda-Runtime-Aws-Request-Id"), json.loads(response.read())
    try:
        outcome, answer = "response", json.dumps(handler(event, None))
    except Exception as failure:
        traceback.print_exc()
        outcome, answer = "error", json.dumps({"errorType": type(failure).__name__, "errorMessage": str(failure)})
    api.request("POST", f"{prefix}{request_id}/{outcome}", answer.encode(), {"Content-Type": "application/json"})
    api.getresponse().read()
