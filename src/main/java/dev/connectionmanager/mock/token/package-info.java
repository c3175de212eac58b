/**
 * The endpoints of the mock authorisation service that clients call themselves: tokens and UserInfo. Clients are authenticated
 * exactly as they are registered, and each check is told in the log.
 */
package dev.connectionmanager.mock.token;
