"""Cryptography by another implementation: a line of the input is a request, a line of the output the list of its id and answer."""

import base64
import hashlib
import hmac
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils


def scheme(key, request):
    """What `sign` and `verify` of a key take after the message."""
    algorithm = request["algorithm"]
    if not (isinstance(key, (rsa.RSAPublicKey, rsa.RSAPrivateKey, ec.EllipticCurvePublicKey, ec.EllipticCurvePrivateKey))):
        return []
    digest = getattr(hashes, "SHA" + algorithm[-3:])()
    hashed = utils.Prehashed(digest) if request["isDigest"] else digest
    if "PKCS1" in algorithm:
        return [padding.PKCS1v15(), hashed]
    if "PSS" in algorithm:
        return [padding.PSS(padding.MGF1(digest), salt_length=padding.PSS.DIGEST_LENGTH), hashed]
    return [ec.ECDSA(hashed)]


def oaep(algorithm):
    digest = hashes.SHA1() if algorithm == "RSAES_OAEP_SHA_1" else hashes.SHA256()
    return padding.OAEP(mgf=padding.MGF1(digest), algorithm=digest, label=None)


def answer(request, blob):
    name = request["name"]
    if name == "verify":
        key = serialization.load_der_public_key(blob("publicKey"))
        try:
            key.verify(blob("signature"), blob("message"), *scheme(key, request))
        except InvalidSignature:
            return False
        return True
    if name == "sign":
        key = serialization.load_der_private_key(blob("privateKey"), None)
        return key.sign(blob("message"), *scheme(key, request))
    if name == "encrypt":
        return serialization.load_der_public_key(blob("publicKey")).encrypt(blob("message"), oaep(request["algorithm"]))
    if name == "decrypt":
        key = serialization.load_der_private_key(blob("privateKey"), None)
        return key.decrypt(blob("message"), oaep(request["algorithm"]))
    if name == "exchange":
        key = serialization.load_der_private_key(blob("privateKey"), None)
        return key.exchange(ec.ECDH(), serialization.load_der_public_key(blob("publicKey")))
    if name == "mac":
        return hmac.new(blob("key"), blob("message"), getattr(hashlib, "sha" + request["algorithm"][-3:])).digest()
    if name == "publicKey":
        key = serialization.load_der_private_key(blob("privateKey"), None).public_key()
        return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    raise ValueError(name)


for line in sys.stdin:
    request = json.loads(line)
    result = answer(request, lambda member: base64.b64decode(request[member]))
    print(json.dumps([request["id"], base64.b64encode(result).decode() if isinstance(result, bytes) else result]), flush=True)
