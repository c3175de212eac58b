/**
 * The endpoints of the mock authorisation service that browsers come to: logging in and out, and what clients read of an issuer. No
 * password is asked for, and nobody is sent to an address that no team answers for without a click.
 */
package dev.connectionmanager.mock.login;
