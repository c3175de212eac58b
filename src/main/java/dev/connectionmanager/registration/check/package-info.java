/**
 * Live checks of what is registered: on request ({@code LiveChecks}), every night ({@code NightlyChecks}), and the proof that a
 * team holds a key that it publishes ({@code KeyProofs}).
 *
 * <p>Must not hold a transaction while an endpoint is opened.
 */
package dev.connectionmanager.registration.check;
