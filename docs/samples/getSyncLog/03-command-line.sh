sync-log watch ws_123e4567-e89b-12d3-a456-426614174000 sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad
