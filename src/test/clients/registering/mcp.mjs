// Registers as clients of the Model Context Protocol do: node mcp.mjs <issuer> <initial access token>
import { discoverAuthorizationServerMetadata, registerClient } from '@modelcontextprotocol/sdk/client/auth.js';

const [, , address, initialAccessToken] = process.argv;
const metadata = await discoverAuthorizationServerMetadata(address);
const registered = await registerClient(address, {
  metadata,
  clientMetadata: { client_name: 'Model Context Protocol', redirect_uris: ['https://mcp.supplier.co.uk/callback'] },
  // It knows no initial access tokens: whoever calls it sends them.
  fetchFn: (url, init) =>
    fetch(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${initialAccessToken}` } }),
});
console.log(JSON.stringify({ registered }));
