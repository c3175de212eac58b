// Registers by openid-client 5, and reads what is registered: node openid-client-5.mjs <issuer> <initial access token>
import { Issuer } from 'openid-client-5';

const [, , address, initialAccessToken] = process.argv;
const issuer = await Issuer.discover(address);
const registered = await issuer.Client.register(
  { client_name: 'openid-client 5', redirect_uris: ['https://five.supplier.co.uk/callback'] },
  { initialAccessToken },
);
const { registration_client_uri: place, registration_access_token: token } = registered.metadata;
const read = await issuer.Client.fromUri(place, token);
console.log(JSON.stringify({ registered: registered.metadata, read: read.metadata }));
