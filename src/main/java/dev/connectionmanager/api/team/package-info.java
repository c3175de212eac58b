/**
 * The resources of a team: members, requests for access, API credentials, attestation, applications offered to it, its
 * trail.
 */
package dev.connectionmanager.api.team;
