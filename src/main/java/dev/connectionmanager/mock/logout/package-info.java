/**
 * Logout tokens of the mock authorisation service: OpenID Connect Back-Channel Logout 1.0. They are sent by the clock, to what teams
 * registered and to a developer's own computer; nobody who logs out waits for them. What a session was used for is told by
 * the grants that came of it.
 */
package dev.connectionmanager.mock.logout;
