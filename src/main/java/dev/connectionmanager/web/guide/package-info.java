/** The guides for the developers of applications, open to everybody. */
package dev.connectionmanager.web.guide;
