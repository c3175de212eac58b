// Registers an application and rotates its secret. Arguments: address of the portal, access token, Team ID.
import { randomUUID } from 'node:crypto'
import createClient from 'openapi-fetch'
import type { paths } from './portal.js'

const [address, token, team] = process.argv.slice(2) as [string, string, string]
const portal = createClient<paths>({ baseUrl: address, headers: { Authorization: `Bearer ${token}` } })
const done = <T>({ data, error }: { data?: T; error?: { detail: string } }): T => {
  if (data === undefined) throw new Error(error?.detail)
  return data
}

const application = done(await portal.POST('/api/v1/teams/{team_id}/applications', {
  params: { path: { team_id: team } },
  body: { name: 'By TypeScript', category: 'supplier', application_type: 'web' },
}))
const registration = { application_id: application.id, environment: 'integration' }
const client = done(await portal.PUT('/api/v1/applications/{application_id}/registrations/{environment}', {
  params: { path: registration, header: { 'If-None-Match': '*' } },
  body: { redirect_uris: ['https://typescript.supplier.co.uk/callback'], token_endpoint_auth_method: 'client_secret_basic' },
}))
if (!('client_secret' in client)) throw new Error('no secret was issued')
const rotated = done(await portal.POST('/api/v1/applications/{application_id}/registrations/{environment}/secrets', {
  params: { path: registration, header: { 'Idempotency-Key': randomUUID() } },
  body: { overlap_seconds: 3600 },
}))
console.log(application.id, client.client_id, client.client_secret, rotated.client_secret)
