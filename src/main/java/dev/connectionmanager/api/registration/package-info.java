/**
 * The resources of registrations and of the requests for production that lead to them: secrets, checks, proofs of
 * keys, life cycle, review.
 */
package dev.connectionmanager.api.registration;
