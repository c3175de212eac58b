/**
 * Pages of a registration: what is registered, secrets, checks, proofs of keys, life cycle.
 */
package dev.connectionmanager.web.registration;
