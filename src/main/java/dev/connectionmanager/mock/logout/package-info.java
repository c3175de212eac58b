/**
 * Logout tokens of the mock authorisation service: OpenID Connect Back-Channel Logout 1.0. What a session was used for is told by
 * the grants that came of it.
 */
package dev.connectionmanager.mock.logout;
