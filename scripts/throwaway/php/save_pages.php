<?php
/**
 * Saves many revisions in one process.
 *
 * Reads a JSON list of {title, text, user, password, summary, timestamp} on standard input and prints the
 * list of their revision ids. No filter, right or rate limit stands in the way.
 */

use MediaWiki\CommentStore\CommentStoreComment;
use MediaWiki\Content\ContentHandler;
use MediaWiki\Content\TextContent;
use MediaWiki\Maintenance\Maintenance;
use MediaWiki\Revision\SlotRecord;
use MediaWiki\Title\Title;
use MediaWiki\Utils\MWTimestamp;

require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

class SavePages extends Maintenance {
	public function execute() {
		$revisions = json_decode( $this->getStdin( Maintenance::STDIN_ALL ), true, 8, JSON_THROW_ON_ERROR );
		$this->output( json_encode( array_map( [ $this, 'save' ], $revisions ) ) );
	}

	private function save( array $revision ): int {
		$title = Title::newFromText( $revision['title'] ) ?? $this->fatalError( "No title: {$revision['title']}" );
		$services = $this->getServiceContainer();
		// Accounts are older than what names them. (A user object takes the time of its own beginning for that.)
		MWTimestamp::setFakeTime( '20180101000000' );
		$user = $services->getUserFactory()->newFromName( $revision['user'] );
		if ( !$user ) {
			$this->fatalError( "No account can be called {$revision['user']}" );
		}
		if ( !$user->isRegistered() ) {
			$user->addToDatabase();
			$password = $revision['password'];
			$user->changeAuthenticationData(
				[ 'username' => $user->getName(), 'password' => $password, 'retype' => $password ] );
		}
		MWTimestamp::setFakeTime( $revision['timestamp'] ?? false );
		$page = $services->getWikiPageFactory()->newFromTitle( $title );
		$now = $page->getContent();
		if ( $now instanceof TextContent && $now->getText() === $revision['text'] ) {
			return $page->getLatest();
		}
		$updater = $page->newPageUpdater( $user );
		$updater->setContent( SlotRecord::MAIN, ContentHandler::makeContent( $revision['text'], $title ) );
		$saved = $updater->saveRevision( CommentStoreComment::newUnsavedComment( $revision['summary'] ) );
		if ( !$updater->wasSuccessful() ) {
			$this->fatalError( "{$revision['title']}: {$updater->getStatus()}" );
		}
		return $saved ? $saved->getId() : $title->getLatestRevID();
	}
}

$maintClass = SavePages::class;
require_once RUN_MAINTENANCE_IF_MAIN;
