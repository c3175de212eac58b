"""Registers an application and rotates its secret. Arguments: address of the portal, access token, Team ID."""

import sys
import uuid

from openapi_client import (ApiClient, ApplicationsApi, ClientSecretsApi, Configuration, NewApplication, RegistrationBody,
                            RegistrationsApi, Rotation)

address, token, team = sys.argv[1:]
with ApiClient(Configuration(host=address, access_token=token)) as portal:
    application = ApplicationsApi(portal).create_application(
        team, NewApplication(name="By Python", category="supplier", application_type="web"))
    client = RegistrationsApi(portal).put_registration(
        application.id, "integration",
        RegistrationBody(redirect_uris=["https://python.supplier.co.uk/callback"],
                         token_endpoint_auth_method="client_secret_basic"),
        if_none_match="*")
    rotated = ClientSecretsApi(portal).rotate_secret(
        application.id, "integration", idempotency_key=str(uuid.uuid4()), rotation=Rotation(overlap_seconds=3600))
    print(application.id, client.client_id, client.client_secret, rotated.client_secret)
