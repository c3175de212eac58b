/**
 * The append-only trail of what was done: who, when, what, before and after. Written in the transaction of what it tells
 * of; never holds a secret. Each team has a hash chain of its own, made by the database; signed checkpoints of all chains
 * are kept outside of it, and an export is verified without it.
 *
 * <p>To tell of something new: {@link dev.connectionmanager.audit.AuditTrail#write} with a code of your own, and its
 * sentence in {@code wording/acts.properties}.
 *
 * <p>Knows the things it tells of only by name and id, and nothing of rights: {@code team.Activity} reads for people.
 */
package dev.connectionmanager.audit;
