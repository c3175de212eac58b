// Logs people in at {environment.raw}{#if provider.mock}, rehearsed at the mock{/if}. Start it with: npm install && node server.mjs
// It reads {#if keyJwt}CLIENT_KEY_FILE (the private key, PKCS #8 in PEM) and CLIENT_KEY_ID (its kid){#else}CLIENT_SECRET{/if} from its environment.
import { randomUUID } from 'node:crypto'
{#if keyJwt}
import { readFile } from 'node:fs/promises'
{/if}
import { createServer } from 'node:http'
{#if keyJwt || logout}
import * as jose from 'jose'
{/if}
import * as openid from 'openid-client'

const redirectUri = new URL({redirect.text})
const config = await openid.discovery(
  new URL({issuer.text}),
  {client.text},
  { id_token_signed_response_alg: 'RS256'{#if signedUserInfo}, userinfo_signed_response_alg: '{userInfoAlg}'{/if} },
{#if basic}
  openid.ClientSecretBasic(process.env.CLIENT_SECRET),
{#else if post}
  openid.ClientSecretPost(process.env.CLIENT_SECRET),
{#else if secretJwt}
  openid.ClientSecretJwt(process.env.CLIENT_SECRET),
{#else}
  openid.PrivateKeyJwt({
    key: await jose.importPKCS8(await readFile(process.env.CLIENT_KEY_FILE, 'utf8'), '{alg}'),
    kid: process.env.CLIENT_KEY_ID,
  }),
{/if}
  // Without this line, openid-client trusts the connection and checks no signatures.
  { execute: [openid.enableNonRepudiationChecks{#if plainHttp}, openid.allowInsecureRequests{/if}] },
)

// In memory: replace it with a store that your servers share.
const sessions = new Map()

async function begin(response) {
  const [state, nonce, verifier] = [openid.randomState(), openid.randomNonce(), openid.randomPKCECodeVerifier()]
  const address = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri.href,
    scope: {scope.text},
    acr_values: {acr.text},
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  response.writeHead(302, { Location: address.href, 'Set-Cookie': cookie('login', [state, nonce, verifier].join('.')) }).end()
}

async function finish(request, response) {
  const [state, nonce, verifier] = (cookies(request).login ?? '').split('.')
  const answer = new URL(redirectUri)
  answer.search = new URL(request.url, redirectUri).search
  const tokens = await openid.authorizationCodeGrant(config, answer, {
    expectedState: state || 'none was sent',
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  const user = await openid.fetchUserInfo(config, tokens.access_token, claims.sub)
  const session = randomUUID()
  sessions.set(session, { sid: claims.sid, sub: claims.sub, acr: claims.acr, user })
  response.writeHead(302, { Location: '/', 'Set-Cookie': cookie('session', session) }).end()
}
{#if logout}

const keys = jose.createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri))
const taken = new Map()

// OpenID Connect Back-Channel Logout 1.0 section 2.6.
async function logOut(request, response) {
  let body = ''
  for await (const part of request) {
    if ((body += part).length > 20_000) return response.writeHead(400).end()
  }
  try {
    const { payload } = await jose.jwtVerify(new URLSearchParams(body).get('logout_token') ?? '', keys, {
      algorithms: ['RS256'],
      issuer: config.serverMetadata().issuer,
      audience: {client.text},
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
    })
    for (const [jti, end] of taken) if (end * 1000 < Date.now()) taken.delete(jti)
    const event = payload.events['http://schemas.openid.net/event/backchannel-logout']
    if (typeof event !== 'object' || 'nonce' in payload || !(payload.sid || payload.sub) || taken.has(payload.jti)) {
      throw new Error('no logout token, or one that was taken before')
    }
    taken.set(payload.jti, payload.exp)
    for (const [id, session] of sessions) {
      if (payload.sid ? session.sid === payload.sid : session.sub === payload.sub) sessions.delete(id)
    }
    response.writeHead(200, { 'Cache-Control': 'no-store' }).end()
  } catch (error) {
    console.error('Logout token refused:', error.message)
    response.writeHead(400, { 'Cache-Control': 'no-store' }).end()
  }
}
{/if}

function cookie(name, value) {
  return [name, '=', value, '; Path=/; HttpOnly; SameSite=Lax{#if https}; Secure{/if}'].join('')
}

function cookies(request) {
  return Object.fromEntries((request.headers.cookie ?? '').split('; ').map((one) => one.split('=')))
}

createServer(async (request, response) => {
  const { pathname } = new URL(request.url, redirectUri)
  try {
{#if logout}
    if (pathname === {logoutPath.text} && request.method === 'POST') return await logOut(request, response)
{/if}
    if (pathname === {redirectPath.text}) return await finish(request, response)
    const session = sessions.get(cookies(request).session)
    if (!session) return await begin(response)
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(session))
  } catch (error) {
    console.error('Log-in failed:', error.code ?? error.name, error.message, error.cause ?? '')
    response.writeHead(403, { 'Content-Type': 'text/plain' }).end('The log-in failed. Go to / and try again.')
  }
}).listen(process.env.PORT ?? {port}, '127.0.0.1')
