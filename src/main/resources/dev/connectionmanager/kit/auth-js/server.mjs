// Logs people in at {environment.raw}{#if provider.mock}, rehearsed at the mock{/if}. Start it with: npm install && node server.mjs
// It reads {#if keyJwt}CLIENT_KEY_FILE (the private key, PKCS #8 in PEM) and CLIENT_KEY_ID (its kid){#else}CLIENT_SECRET{/if} from its environment, AUTH_SECRET (32 characters or more),
// and AUTH_URL={authUrl.raw}, where browsers find it.
{#if keyJwt}
import { readFile } from 'node:fs/promises'
{/if}
import { ExpressAuth, getSession } from '@auth/express'
import express from 'express'
import * as jose from 'jose'

const metadata = await (await fetch({discovery.text})).json()
const keys = jose.createRemoteJWKSet(new URL(metadata.jwks_uri))
{#if logout}
// In memory: replace both with a store that your servers share.
const ended = new Map()
const taken = new Map()
{/if}
const sessionSeconds = 8 * 60 * 60

const options = {
  trustHost: true,
  providers: [
    {
      id: {providerId.text},
      name: {environment.text},
      type: 'oidc',
      issuer: {issuer.text},
      clientId: {client.text},
{#if keyJwt}
      token: {
        clientPrivateKey: {
          key: await jose.importPKCS8(await readFile(process.env.CLIENT_KEY_FILE, 'utf8'), '{alg}'),
          kid: process.env.CLIENT_KEY_ID,
        },
      },
{#else}
      clientSecret: process.env.CLIENT_SECRET,
{/if}
      client: {
        token_endpoint_auth_method: '{method}',
        id_token_signed_response_alg: 'RS256',
      },
      checks: ['pkce', 'state', 'nonce'],
      authorization: { params: { scope: {scope.text}, acr_values: {acr.text} } },
    },
  ],
  session: { strategy: 'jwt', maxAge: sessionSeconds },
  callbacks: {
    // Auth.js checks no signatures and asks for no UserInfo: both are done here, before anybody is let in.
    async signIn({ account }) {
      const checked = await jose.jwtVerify(account.id_token, keys, {
        algorithms: ['RS256'],
        issuer: metadata.issuer,
        audience: {client.text},
      })
      account.claims = checked.payload
      account.user = await userInfo(account.access_token)
      return account.user.sub === account.claims.sub
    },
    jwt({ token, account }) {
      if (account) {
        token.sub = account.claims.sub
        token.sid = account.claims.sid
        token.since = Date.now()
        token.acr = account.claims.acr
        token.roles = account.user.nhsid_nrbac_roles
      }
{#if logout}
      return Math.max(ended.get(token.sid) ?? 0, ended.get(token.sub) ?? 0) >= token.since ? null : token
{#else}
      return token
{/if}
    },
    session({ session, token }) {
      return { expires: session.expires, sub: token.sub, acr: token.acr, roles: token.roles }
    },
  },
}

async function userInfo(accessToken) {
  const answer = await fetch(metadata.userinfo_endpoint, { headers: { Authorization: ['Bearer', accessToken].join(' ') } })
  if (!answer.ok) throw new Error('UserInfo was refused')
{#if signedUserInfo}
  const { payload } = await jose.jwtVerify(await answer.text(), keys, { algorithms: ['{userInfoAlg}'], issuer: metadata.issuer })
  return payload
{#else}
  return answer.json()
{/if}
}

const app = express()
app.set('trust proxy', true)
{#if logout}

// OpenID Connect Back-Channel Logout 1.0 section 2.6.
app.post({logoutPath.text}, express.urlencoded({ extended: false, limit: '20kb' }), async (request, response) => {
  response.set('Cache-Control', 'no-store')
  try {
    const { payload } = await jose.jwtVerify(request.body?.logout_token ?? '', keys, {
      algorithms: ['RS256'],
      issuer: metadata.issuer,
      audience: {client.text},
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
    })
    for (const [jti, end] of taken) if (end * 1000 < Date.now()) taken.delete(jti)
    const event = payload.events['http://schemas.openid.net/event/backchannel-logout']
    if (typeof event !== 'object' || 'nonce' in payload || !(payload.sid || payload.sub) || taken.has(payload.jti)) {
      throw new Error('no logout token, or one that was taken before')
    }
    taken.set(payload.jti, payload.exp)
    for (const [id, at] of ended) if (at + sessionSeconds * 1000 < Date.now()) ended.delete(id)
    ended.set(payload.sid ?? payload.sub, Date.now())
    response.sendStatus(200)
  } catch (error) {
    console.error('Logout token refused:', error.message)
    response.sendStatus(400)
  }
})
{/if}

app.use({authMount.text}, ExpressAuth(options))
app.get('/', async (request, response) => {
  const session = await getSession(request, options)
  if (session?.sub) response.json(session)
  else response.redirect({authSignIn.text})
})
app.listen(process.env.PORT ?? {port}, '127.0.0.1')
