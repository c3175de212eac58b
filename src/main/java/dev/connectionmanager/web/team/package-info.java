/**
 * Pages of a team: settings, members, access, API credentials, attestation, applications offered to it, its trail.
 */
package dev.connectionmanager.web.team;
