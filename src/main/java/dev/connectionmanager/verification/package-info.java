/**
 * What can be said of URIs, hosts and algorithms, and the live checks that check the world: a probe opens the
 * connection, an observation records what it saw, rules judge it.
 *
 * <p>Knows no registration and no team.
 */
package dev.connectionmanager.verification;
