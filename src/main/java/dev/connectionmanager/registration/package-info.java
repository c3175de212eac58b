/**
 * Applications, their registrations and revisions, the rules they are judged by, and the client IDs they are given.
 * {@link dev.connectionmanager.registration.RegistrationRules} is the policy; the acts on
 * {@code Applications} and {@code Registrations} are the only way to change anything.
 *
 * <p>Must not know how it was asked (form, JSON) nor how a refusal is worded.
 */
package dev.connectionmanager.registration;
