# Logs people in at {environment.raw}{#if provider.mock}, rehearsed at the mock{/if}. Start it with: flask run --port {port}
# It reads {#if keyJwt}CLIENT_KEY_FILE (the private key in PEM) and CLIENT_KEY_ID (its kid){#else}CLIENT_SECRET{/if} from its environment, and SESSION_KEY, which signs its cookies.
import os
{#if logout}
import time
{/if}
from uuid import uuid4

from authlib.integrations.flask_client import OAuth
{#if signedUserInfo || logout}
from authlib.jose import JsonWebKey, JsonWebToken
{/if}
{#if secretJwt}
from authlib.oauth2.rfc7523 import ClientSecretJWT, client_secret_jwt_sign
{#else if keyJwt}
from authlib.oauth2.rfc7523 import PrivateKeyJWT, private_key_jwt_sign
{/if}
from flask import Flask, redirect, request, session

app = Flask(__name__)
app.secret_key = os.environ["SESSION_KEY"]
app.config.update(SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_SECURE={#if https}True{#else}False{/if})
{#if secretJwt}


class Assertion(ClientSecretJWT):
    # Authlib's own is good for an hour: the provider takes five minutes at most.
    def sign(self, auth, token_endpoint):
        return client_secret_jwt_sign(auth.client_secret, auth.client_id, token_endpoint, alg="{alg}", expires_in=60)

{#else if keyJwt}


class Assertion(PrivateKeyJWT):
    # Authlib's own names no key and is good for an hour: the provider takes five minutes at most.
    def sign(self, auth, token_endpoint):
        return private_key_jwt_sign(
            auth.client_secret,
            auth.client_id,
            token_endpoint,
            alg="{alg}",
            header=dict(kid=os.environ["CLIENT_KEY_ID"]),
            expires_in=60,
        )


with open(os.environ["CLIENT_KEY_FILE"]) as file:
    client_key = file.read()
{/if}

cis2 = OAuth(app).register(
    "cis2",
    client_id={client.text},
    client_secret={#if keyJwt}client_key{#else}os.environ["CLIENT_SECRET"]{/if},
    server_metadata_url={discovery.text},
    client_kwargs=dict(
        scope={scope.text},
        token_endpoint_auth_method="{method}",
        code_challenge_method="S256",
    ),
{#if secretJwt}
    client_auth_methods=[Assertion()],
{#else if keyJwt}
    client_auth_methods=[Assertion()],
{/if}
)

# In memory: replace it with a store that your servers share.
sessions = dict()
{#if logout}
taken = dict()
{/if}


@app.get("/")
def home():
    found = sessions.get(session.get("id"))
    return found if found else redirect("/login")


@app.get("/login")
def login():
    return cis2.authorize_redirect({redirect.text}, acr_values={acr.text})


@app.get({redirectPath.text})
def callback():
    if request.args.get("iss", issuer()) != issuer():
        raise ValueError("the answer of another provider")
    # Without this, Authlib takes ID tokens that are for other clients.
    mine = dict(iss=dict(essential=True, value=issuer()), aud=dict(essential=True, value={client.text}))
    token = cis2.authorize_access_token(claims_options=mine)
    claims = token["userinfo"]  # Authlib names those of the ID token so.
    user = user_info(token)
    if user.get("sub") != claims["sub"]:
        raise ValueError("UserInfo of somebody else")
    session["id"] = str(uuid4())
    sessions[session["id"]] = dict(sid=claims.get("sid"), sub=claims["sub"], acr=claims.get("acr"), user=user)
    return redirect("/")


def user_info(token):
{#if signedUserInfo}
    # Authlib reads plain JSON only.
    answer = cis2.get(cis2.load_server_metadata()["userinfo_endpoint"], token=token)
    answer.raise_for_status()
    return JsonWebToken(["{userInfoAlg}"]).decode(answer.text, key=keys(), claims_options=dict(iss=dict(value=issuer())))
{#else}
    return cis2.userinfo(token=token)
{/if}


def issuer():
    return cis2.load_server_metadata()["issuer"]
{#if signedUserInfo || logout}


def keys():
    return JsonWebKey.import_key_set(cis2.fetch_jwk_set())
{/if}
{#if logout}


# OpenID Connect Back-Channel Logout 1.0 section 2.6.
@app.post({logoutPath.text})
def log_out():
    try:
        claims = JsonWebToken(["RS256"]).decode(
            request.form["logout_token"],
            key=keys(),
            claims_options=dict(
                iss=dict(essential=True, value=issuer()),
                aud=dict(essential=True, value={client.text}),
                iat=dict(essential=True),
                exp=dict(essential=True),
                jti=dict(essential=True),
            ),
        )
        claims.validate()
        now = time.time()
        for jti in [jti for jti, end in taken.items() if end < now]:
            taken.pop(jti)
        if "http://schemas.openid.net/event/backchannel-logout" not in claims.get("events", dict()):
            raise ValueError("no event of a log-out")
        if "nonce" in claims or not (claims.get("sid") or claims.get("sub")) or claims["jti"] in taken:
            raise ValueError("no logout token, or one that was taken before")
    except Exception as error:
        app.logger.error("Logout token refused: %s", error)
        return "", 400, [("Cache-Control", "no-store")]
    taken[claims["jti"]] = claims["exp"]
    name = "sid" if claims.get("sid") else "sub"
    for key in [key for key, one in sessions.items() if one[name] == claims[name]]:
        sessions.pop(key, None)
    return "", 200, [("Cache-Control", "no-store")]
{/if}


@app.errorhandler(Exception)
def failed(error):
    app.logger.error("Log-in failed: %r", error)
    return "The log-in failed. Go to / and try again.", getattr(error, "code", 403)
