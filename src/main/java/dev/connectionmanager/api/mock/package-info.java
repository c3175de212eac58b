/**
 * The mock authorisation service by script, without an account: test clients by RFC 7591, and what else programs ask it for. These
 * addresses are the mock's, on its own host where it has one, and no credential of the portal counts there.
 */
package dev.connectionmanager.api.mock;
