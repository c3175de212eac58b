/**
 * The outbox: what is to be told to whom, written in the transaction of what it tells of and sent after it is committed.
 * Holds codes and arguments; the sentences come from above.
 *
 * <p>Knows no team, registration or request; never holds a secret.
 */
package dev.connectionmanager.mail;
