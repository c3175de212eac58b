// Registers by openid-client 6: node openid-client-6.mjs <issuer> <initial access token>
import * as client from 'openid-client';

const [, , address, initialAccessToken] = process.argv;
const configuration = await client.dynamicClientRegistration(
  new URL(address),
  {
    client_name: 'openid-client 6',
    redirect_uris: ['https://six.supplier.co.uk/callback'],
    token_endpoint_auth_method: 'client_secret_post',
  },
  undefined,
  { initialAccessToken, execute: [client.allowInsecureRequests] },
);
const registered = configuration.clientMetadata();
const answer = await client.fetchProtectedResource(
  configuration,
  registered.registration_access_token,
  new URL(registered.registration_client_uri),
  'GET',
);
console.log(JSON.stringify({ registered, read: await answer.json() }));
