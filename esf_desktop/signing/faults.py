"""Every fault that a file can be refused for, as a stable word; docs/format.md lists them with their meaning.

A code says what a person can do about a refusal; a fault says what exactly is wrong, for whoever writes such files.
"""

from enum import StrEnum, auto


class Fault(StrEnum):
    """What exactly is wrong; the value is the name in lower case."""

    # extra_data
    DATA_BEFORE = auto()
    DATA_AFTER = auto()
    DATA_BETWEEN = auto()

    # altered
    NO_DIRECTORY = auto()
    HEADERS_DISAGREE = auto()
    CHECKSUM = auto()
    MEMBER_DIGEST = auto()
    MESSAGE_DIGEST = auto()
    SIGNATURE_VALUE = auto()

    # bad_container: the archive
    ZIP64 = auto()
    DISKS = auto()
    ARCHIVE_COMMENT = auto()
    COMPRESSED = auto()
    ENCRYPTED_MEMBER = auto()
    FLAGS = auto()
    MEMBER_TIME = auto()
    VERSIONS = auto()
    EXTRA_FIELD = auto()
    MEMBER_COMMENT = auto()
    LINK = auto()
    ATTRIBUTES = auto()
    HIDDEN_MEMBER = auto()
    OVERLAPPING_MEMBERS = auto()
    DIRECTORY_ORDER = auto()
    TOO_MANY_MEMBERS = auto()
    NAME_TOO_LONG = auto()

    # bad_container: the members
    SAME_NAME = auto()
    CASE_TWIN = auto()
    CLIMBING_NAME = auto()
    UNSOUND_NAME = auto()
    MIMETYPE = auto()
    NO_MANIFEST = auto()
    RESERVED_NAME = auto()
    MEMBER_ORDER = auto()
    NO_PAYLOAD = auto()
    UNKNOWN_KIND = auto()
    MEMBERS_OF_KIND = auto()
    DOCUMENT_NAME = auto()

    # bad_container: the manifest
    MANIFEST_TOO_LARGE = auto()
    MANIFEST_MEMBERS = auto()
    MANIFEST_MEDIA_TYPE = auto()
    MANIFEST_SPELLING = auto()

    # bad_signature: the CMS
    NO_SIGNATURE = auto()
    SECOND_SIGNATURE = auto()
    SIGNATURE_TOO_LARGE = auto()
    NOT_DER = auto()
    DER_SPELLING = auto()
    NOT_SIGNED_DATA = auto()
    CMS_VERSION = auto()
    DIGEST_ALGORITHM = auto()
    CONTENT_INSIDE = auto()
    CONTENT_TYPE = auto()
    NO_CERTIFICATE = auto()
    SECOND_CERTIFICATE = auto()
    REVOCATION_LISTS = auto()
    NO_SIGNER = auto()
    SECOND_SIGNER = auto()
    SIGNER_VERSION = auto()
    SIGNER_IDENTIFIER = auto()
    SIGNED_ATTRIBUTES = auto()
    SIGNING_TIME = auto()
    DIGEST_LENGTH = auto()
    SIGNING_CERTIFICATE = auto()
    SIGNATURE_ALGORITHM = auto()
    UNSIGNED_ATTRIBUTES = auto()
    HIGH_S = auto()
    SIGNATURE_SPELLING = auto()

    # bad_signature: the certificate
    NOT_A_CERTIFICATE = auto()
    CERTIFICATE_SERIAL = auto()
    CERTIFICATE_ALGORITHM = auto()
    CERTIFICATE_NAME = auto()
    KEY_KIND = auto()
    KEY_SIZE = auto()

    # bad_payload: the JSON
    BAD_UTF8 = auto()
    NOT_NFC = auto()
    NOT_JSON = auto()
    TOO_DEEP = auto()
    DUPLICATE_KEY = auto()
    KEY_ORDER = auto()
    JSON_SPELLING = auto()
    UNKNOWN_KEY = auto()
    MISSING_KEY = auto()
    WRONG_VALUE = auto()
    PAYLOAD_TYPE = auto()
    PAYLOAD_VERSION = auto()

    # bad_payload: what it says
    NAME = auto()
    MOMENT = auto()
    STANDS_TWICE = auto()
    DIGEST = auto()
    IDENTITY = auto()
    NO_ASSESSMENTS = auto()
    REVISION = auto()
    EVIDENCE_PLACE = auto()
    CALL_VERSION = auto()
    RECIPIENTS = auto()
    UNKNOWN_PRINCIPLE = auto()
    UNKNOWN_READING = auto()
    SCALE_STEPS = auto()
    DOCUMENT_SIZE = auto()
    RECEIPT_NUMBER = auto()
    RECEIPT_CODE = auto()
    QUESTIONS = auto()
    OTHER_FRAMEWORK = auto()

    # bad_text
    TOO_LONG = auto()
    HIDDEN_CHARACTER = auto()

    # no_declaration
    DECLARATION_MISSING = auto()
    RECUSED_BUT_ASSESSED = auto()

    # unknown_criterion
    CRITERION = auto()
    RATING = auto()
    QUESTION_NOT_ASKED = auto()
    MAIN_AREA = auto()

    # wrong_call
    OTHER_CALL = auto()
    OTHER_APPLICATION = auto()

    # too_large
    FILE_SIZE = auto()
    MEMBER_SIZE = auto()
