/**
 * Registration by token, RFC 7591 and RFC 7592: initial access tokens, with which programs register clients of a team, and the
 * registration access tokens of clients, with which they read, replace and delete themselves. What happens to a registration
 * happens by the acts of the room above this one; here is who may, and what becomes of the tokens.
 *
 * <p>Must not know how a request or an answer is written.
 */
package dev.connectionmanager.registration.token;
