"""Serializes operations' inputs as the AWS CLI and boto3 do: JSON lines in, JSON lines out."""

import base64
import datetime
import json
import sys

import botocore.awsrequest
import botocore.model
import botocore.loaders
import botocore.serialize

loader = botocore.loaders.Loader()
models = {}


def model_of(service):
    if service not in models:
        model = loader.load_service_model(service, "service-2")
        models[service] = botocore.model.ServiceModel(model, service)
    return models[service]


def revive(value):
    if "$date" in value:
        return datetime.datetime.fromtimestamp(value["$date"] / 1000, datetime.timezone.utc)
    return base64.b64decode(value["$bytes"]) if "$bytes" in value else value


for line in sys.stdin:
    case = json.loads(line, object_hook=revive)
    service = model_of(case["service"])
    protocol = service.metadata["protocol"]
    serializer = botocore.serialize.create_serializer(protocol, include_validation=False)
    try:
        request = serializer.serialize_to_request(case["input"], service.operation_model(case["operation"]))
    except (KeyError, botocore.model.OperationNotFoundError):
        # This botocore's model is older or newer than the SDK's.
        print("null")
        continue
    prepared = botocore.awsrequest.AWSRequest(
        method=request["method"], url="http://127.0.0.1/", headers=request["headers"], data=request["body"]
    ).prepare()
    body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body
    headers = {name.lower(): str(value) for name, value in request["headers"].items()}
    print(json.dumps({"headers": headers, "body": base64.b64encode(body).decode()}))
