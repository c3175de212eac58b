/** What an application needs to log people in with its registration, for programs that write its configuration. */
package dev.connectionmanager.api.kit;
