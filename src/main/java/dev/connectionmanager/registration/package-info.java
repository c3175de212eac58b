/**
 * Registrations, their revisions and drafts, and the client IDs and secrets they are given. The acts on {@code Registrations},
 * {@code Drafts}, {@code Secrets} and {@code ClientLifecycle} are the only way to change anything in the Path-to-Live
 * environments; in production {@code ProductionRegistrations} issues what a request was approved for. Whatever happens to a
 * registration goes through {@link dev.connectionmanager.registration.RegistrationEvents}.
 *
 * <p>Must not know how it was asked (form, JSON) nor how a refusal is worded.
 */
package dev.connectionmanager.registration;
