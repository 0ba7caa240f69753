"""POST /reports and a read of one report as a Lambda function in Python: boto3 and psycopg2, clients made while it initialises.

It takes the same body, checks the same fields, makes the same rows in one transaction and signs the same grants as Ingest does.
"""
import datetime
import hashlib
import json
import os
import time
import uuid

import boto3
import botocore.client
import psycopg2
import psycopg2.extras

psycopg2.extras.register_uuid()

BUCKET = os.environ["BUCKET_EVIDENCE"]
GRANT_SECONDS = 30 * 60
EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/heic": "heic"}
MAX_IMAGE = 10 * 1024 * 1024
KNOWN = {"domain_id", "text", "images", "location", "reported_at", "source", "labels"}

with open(os.environ["OBJECTS_KEY_FILE"]) as lines:
    key_id, key_secret = [line.strip() for line in lines][:2]
s3 = boto3.client(
    "s3", endpoint_url=os.environ["OBJECTS_URL"], aws_access_key_id=key_id, aws_secret_access_key=key_secret,
    config=botocore.client.Config(signature_version="s3v4", s3={"addressing_style": "path"}))
database = psycopg2.connect(
    host=os.environ["DB_HOST"], port=os.environ["DB_PORT"], dbname=os.environ["DB_NAME"], user=os.environ["DB_USER"],
    password=os.environ["DB_PASSWORD"], sslmode="verify-full", sslrootcert=os.environ["DB_CA_FILE"])
seen = set()


class Refused(Exception):
    def __init__(self, status, detail, field=None):
        super().__init__(detail)
        self.status, self.field = status, field


def require(holds, field, detail):
    if not holds:
        raise Refused(400, detail, field)


def instant(at):
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def checked(body, now):
    require(isinstance(body, dict), "body", "The body must be a JSON object")
    for name in body:
        require(name in KNOWN, name, f"The field '{name}' is not known here")
    domain, text = body.get("domain_id"), body.get("text")
    require(isinstance(domain, str) and 0 < len(domain) <= 100, "domain_id", "domain_id is required, at most 100 characters")
    require(isinstance(text, str), "text", "text is required")
    require(len(text) <= 10000, "text", "text has too many characters")
    text = text.strip()
    require(text and "\0" not in text, "text", "text is empty")
    source = body.get("source")
    require(source is None or isinstance(source, str) and 0 < len(source) <= 50, "source", "source must have 1 to 50 characters")
    place = body.get("location")
    require(place is None or isinstance(place, dict) and -90 <= place.get("lat", 91) <= 90 and -180 <= place.get("lon", 181) <= 180,
            "location", "location must have lat and lon")
    reported = now
    if body.get("reported_at") is not None:
        reported = datetime.datetime.fromisoformat(body["reported_at"].replace("Z", "+00:00"))
        require(datetime.datetime(1900, 1, 1, tzinfo=datetime.timezone.utc) <= reported <= now + datetime.timedelta(days=1),
                "reported_at", "reported_at lies in the future, or before 1900")
    require(len(json.dumps(body.get("labels"))) <= 4096, "labels", "labels may take at most 4,096 characters of JSON")
    images = body.get("images") or []
    require(isinstance(images, list) and len(images) <= 10, "images", "at most 10 images are taken")
    for i, image in enumerate(images):
        require(isinstance(image, dict), f"images[{i}]", "must be an object")
        name = image.get("file_name")
        require(isinstance(name, str) and 0 < len(name) <= 200, f"images[{i}].file_name", "file_name is required")
        require(image.get("content_type") in EXTENSIONS, f"images[{i}].content_type", "content_type is not taken")
        require(isinstance(image.get("size"), int) and 0 < image["size"] <= MAX_IMAGE, f"images[{i}].size", "size is out of bounds")
    return domain, text, source or "api", place, reported, images


def caller(event):
    claims = event["requestContext"]["authorizer"]["claims"]
    try:
        return uuid.UUID(claims["custom:tenant_id"]), uuid.UUID(claims["sub"]), claims
    except (KeyError, ValueError):
        raise Refused(403, "The token names no tenant") from None


def item_of(body, tenant, user, now):
    domain, text, source, place, reported, images = checked(body, now)
    incident = str(uuid.uuid4())
    expiry = now + datetime.timedelta(seconds=GRANT_SECONDS)
    item = {
        "incident_id": incident, "id": incident, "tenant_id": str(tenant), "domain_id": domain, "raw_text": text, "source": source,
        "status": "received", "reported_at": instant(reported), "corrections": [], "run": 1, "management_data": {"status": "pending"},
        "execution_log": [], "created_at": instant(now), "updated_at": instant(now), "created_by": str(user), "version": 1, "sweeps": 0,
        "tenant_domain": f"{tenant}#{domain}", "unfinished_shard": str(int(incident[-2:], 16) % 10),
        "images": [{
            "id": str(uuid.uuid4()), "number": i + 1, "file_name": image["file_name"], "content_type": image["content_type"],
            "announced_size": image["size"], "s3_bucket": BUCKET, "grant_expires_at": instant(expiry), "status": "announced",
            "s3_key": f"{tenant}/{domain}/{incident}/image_{i + 1:03d}.{EXTENSIONS[image['content_type']]}",
        } for i, image in enumerate(images)],
    }
    if place is not None:
        item["location"] = {"lat": place["lat"], "lon": place["lon"]}
    if body.get("labels") is not None:
        item["labels"] = body["labels"]
    return item


PUT = """
    INSERT INTO embedded.items (table_name, partition_key, sort_key, tenant_id, item, version, expires_at, stream_keys)
    VALUES (%s, %s, '', %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"""
INDEX = "INSERT INTO embedded.index_entries (table_name, partition_key, sort_key, index_name, index_partition, index_sort) VALUES %s"
CHANGE = "INSERT INTO embedded.changes (table_name, keys, event) VALUES (%s, %s, 'INSERT'); NOTIFY embedded_changes"


def ensure_account(cursor, tenant, user, claims, now):
    if user in seen:
        return
    account = {
        "userId": str(user), "tenant_id": str(tenant), "email": claims.get("email"), "role": "user", "provider": "COGNITO", "isActive": True,
        "createdAt": instant(now), "updatedAt": instant(now), "lastLoginAt": instant(now), "loginCount": 1, "version": 1,
        "preferences": {"theme": "light", "notifications": True, "language": "en"},
        "metadata": {"registrationSource": "cognito", "emailVerified": True, "cognitoUsername": claims.get("cognito:username", str(user))},
    }
    cursor.execute(PUT, ("Users", str(user), tenant, json.dumps(account), 1, None, json.dumps({"userId": str(user)})))
    seen.add(user)


def store(cursor, item, tenant, user, key, body, now):
    incident = item["incident_id"]
    if key is not None:
        name = f"{tenant}#POST /reports#{user}#{key}"
        record = {
            "idempotency_key": name, "tenant_id": str(tenant), "request_hash": hashlib.sha256(body.encode()).hexdigest(), "result_id": incident,
            "expires_at": int(now.timestamp()) + 24 * 3600,
        }
        cursor.execute(PUT, ("Idempotency", name, tenant, json.dumps(record), None, record["expires_at"], None))
        if cursor.rowcount == 0:
            return False
    keys = json.dumps({"incident_id": incident})
    cursor.execute(PUT, ("Reports", incident, tenant, json.dumps(item), 1, None, keys))
    psycopg2.extras.execute_values(cursor, INDEX, [
        ("Reports", incident, "", "tenant-domain-index", str(tenant), item["domain_id"]),
        ("Reports", incident, "", "domain-created-index", item["tenant_domain"], item["created_at"]),
        ("Reports", incident, "", "unfinished-index", item["unfinished_shard"], item["updated_at"]),
    ])
    cursor.execute(CHANGE, ("Reports", keys))
    return True


def grant(image):
    signed = s3.generate_presigned_post(
        image["s3_bucket"], image["s3_key"], Fields={"Content-Type": image["content_type"]},
        Conditions=[{"Content-Type": image["content_type"]}, ["content-length-range", 1, MAX_IMAGE]], ExpiresIn=GRANT_SECONDS)
    return {"s3_key": image["s3_key"], "url": signed["url"], "fields": signed["fields"], "expires_at": image["grant_expires_at"]}


def repeated(cursor, tenant, user, key, body):
    name = f"{tenant}#POST /reports#{user}#{key}"
    cursor.execute("SELECT item FROM embedded.items WHERE table_name = 'Idempotency' AND partition_key = %s", (name,))
    first = cursor.fetchone()[0]
    if first["request_hash"] != hashlib.sha256(body.encode()).hexdigest():
        raise Refused(422, "Idempotency-Key was used before with another body; use a new key", "Idempotency-Key")
    cursor.execute("SELECT item FROM embedded.items WHERE table_name = 'Reports' AND partition_key = %s", (first["result_id"],))
    return cursor.fetchone()[0]


def create(event):
    tenant, user, claims = caller(event)
    now = datetime.datetime.now(datetime.timezone.utc)
    body = event.get("body") or ""
    item = item_of(json.loads(body), tenant, user, now)
    key = event["headers"].get("Idempotency-Key")
    with database, database.cursor() as cursor:
        cursor.execute("SELECT begin_tenant(%s); SELECT version FROM domain_configurations WHERE tenant_id = %s AND domain_id = %s",
                       (tenant, tenant, item["domain_id"]))
        if cursor.fetchone() is None:
            raise Refused(404, f"There is no domain '{item['domain_id']}'", "domain_id")
        ensure_account(cursor, tenant, user, claims, now)
        if not store(cursor, item, tenant, user, key, body, now):
            item = repeated(cursor, tenant, user, key, body)
    answer = {"incident_id": item["incident_id"], "status": item["status"], "uploads": [grant(image) for image in item["images"]]}
    return 202, answer, {"Location": f"/api/v1/reports/{item['incident_id']}"}


def read(event):
    tenant, _, _ = caller(event)
    with database, database.cursor() as cursor:
        cursor.execute("""SELECT item FROM embedded.items WHERE table_name = 'Reports' AND partition_key = %s AND tenant_id = %s
            AND (expires_at IS NULL OR expires_at > %s)""", (event["pathParameters"]["id"], tenant, int(time.time())))
        found = cursor.fetchone()
    if found is None:
        raise Refused(404, "There is no report with this id", "id")
    return 200, found[0], {}


ROUTES = {("POST", "/v1/reports"): create, ("GET", "/v1/reports/{id}"): read}


def handler(event, context):
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    try:
        status, answer, more = ROUTES[event["httpMethod"], event["resource"]](event)
        headers.update(more)
    except Refused as refused:
        status, answer = refused.status, {"status": refused.status, "detail": str(refused), "field": refused.field}
        headers["Content-Type"] = "application/problem+json"
    return {"statusCode": status, "headers": headers, "body": json.dumps(answer), "isBase64Encoded": False}
