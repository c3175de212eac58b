#!/bin/sh
# A log-in at {environment.raw}{#if provider.mock}, rehearsed at the mock{/if}, request by request. Needs curl{#if keyJwt || secretJwt} and openssl{/if}.
# It reads {#if keyJwt}CLIENT_KEY_FILE (the private key in PEM) and CLIENT_KEY_ID (its kid){#else}CLIENT_SECRET{/if} from its environment.
set -eu
issuer={issuer.shell}
client={client.shell}
redirect_uri={redirect.shell}

# 1. Open this address in a browser, log in, and copy the parameter code from the address that you come to. It works once, and soon.
cat <<'ADDRESS'
{issuer.raw}/authorize?response_type=code&client_id={client.encoded}&redirect_uri={redirect.encoded}&scope={scope.encoded}&acr_values={acr.encoded}&state=some-text&nonce=other-text
ADDRESS
printf 'code: ' >&2
read -r code

{#if keyJwt || secretJwt}
# 2. What says who the client is: a JSON Web Token, signed, for one minute.
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
now=$(date +%s)
header=$(printf '{"alg":"{alg}"{#if keyJwt},"kid":"%s"{/if}}'{#if keyJwt} "$CLIENT_KEY_ID"{/if} | base64url)
claims=$(printf '{"iss":"%s","sub":"%s","aud":"%s","jti":"%s","iat":%s,"exp":%s}' \
  "$client" "$client" "$issuer" "$(openssl rand -hex 16)" "$now" $((now + 60)) | base64url)
{#if keyJwt}
signature=$(printf %s "$header.$claims" | openssl dgst -sha{hash} -sign "$CLIENT_KEY_FILE" -binary | base64url)
{#else}
signature=$(printf %s "$header.$claims" | openssl dgst -sha{hash} -hmac "$CLIENT_SECRET" -binary | base64url)
{/if}

{/if}
# {#if keyJwt || secretJwt}3{#else}2{/if}. The code becomes tokens.
answer=$(curl --silent --show-error --fail-with-body "$issuer/access_token" \
  {#if basic}--user "$client:$CLIENT_SECRET"{#else if post}--data-urlencode "client_id=$client" --data-urlencode "client_secret=$CLIENT_SECRET"{#else}--data-urlencode "client_assertion=$header.$claims.$signature" --data-urlencode 'client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer'{/if} \
  --data grant_type=authorization_code --data-urlencode "code=$code" --data-urlencode "redirect_uri=$redirect_uri")

# {#if keyJwt || secretJwt}4{#else}3{/if}. The access token opens UserInfo{#if signedUserInfo}, a JSON Web Token here, whose middle part holds the claims{/if}.
access_token=$(printf %s "$answer" | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
curl --silent --show-error --fail-with-body "$issuer/userinfo" --header "Authorization: Bearer $access_token"
