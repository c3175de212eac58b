/**
 * The append-only trail of what was done: who, when, what, before and after. Written in the transaction of what it
 * tells of; never holds a secret.
 *
 * <p>Knows the things it tells of only by name and id.
 */
package dev.connectionmanager.audit;
