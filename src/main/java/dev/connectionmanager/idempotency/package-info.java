/**
 * One answer for one key: what is sent again with the same key does nothing again, a form of the pages and a request of the
 * API alike. Keeps what was asked as a digest, and of an answer its status, {@code Location}, entity tag and body. Must not
 * know what either edge says, and never holds what is shown once.
 */
package dev.connectionmanager.idempotency;
