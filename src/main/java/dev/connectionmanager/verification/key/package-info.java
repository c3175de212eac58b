/**
 * What is judged about public keys: key sets and each key in them, proofs of possession. Takes bytes; opens no
 * connection.
 */
package dev.connectionmanager.verification.key;
