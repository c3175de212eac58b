/**
 * Checks an endpoint that a team named, through the guard alone, and has what it saw judged. Must not know whose
 * endpoint it is.
 */
package dev.connectionmanager.verification.probe;
