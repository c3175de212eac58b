/** Pages of the mock authorisation service for developers: what it is, its users, test clients. They have no session of the portal. */
package dev.connectionmanager.web.mock;
